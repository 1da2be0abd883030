/** Statements and prepared statements: their text, parameters, batches, executions and keys. */
@NullMarked
package dev.turntable.jdbc.statement;

import org.jspecify.annotations.NullMarked;
