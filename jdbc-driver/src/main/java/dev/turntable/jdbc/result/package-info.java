/** Result sets, their rows and their columns. */
@NullMarked
package dev.turntable.jdbc.result;

import org.jspecify.annotations.NullMarked;
