/**
 * Connection properties: what they are, where their values come from, which value wins. The same for
 * a JDBC URL and for the operands of a model file.
 */
@NullMarked
package dev.turntable.config;

import org.jspecify.annotations.NullMarked;
