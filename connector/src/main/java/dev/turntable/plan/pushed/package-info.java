/**
 * Prints what is left of a statement, or a part of it, as SQL for a database on this machine that has the
 * rows: from a list of what means the same there, never the user's own text.
 */
@NullMarked
package dev.turntable.plan.pushed;

import org.jspecify.annotations.NullMarked;
