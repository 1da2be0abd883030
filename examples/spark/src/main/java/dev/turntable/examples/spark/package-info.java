/** A Spark job that reads tables of Turntable. */
package dev.turntable.examples.spark;
