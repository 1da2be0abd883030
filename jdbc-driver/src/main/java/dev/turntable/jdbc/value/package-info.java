/** Values of the engine as JDBC's getters give them, and what clients bind as the engine takes it. */
@NullMarked
package dev.turntable.jdbc.value;

import org.jspecify.annotations.NullMarked;
