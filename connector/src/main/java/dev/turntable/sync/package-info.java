/**
 * Brings a store up to date: decides what has to be read, and reads it by statements like everybody else.
 * Knows no service.
 */
@NullMarked
package dev.turntable.sync;

import org.jspecify.annotations.NullMarked;
