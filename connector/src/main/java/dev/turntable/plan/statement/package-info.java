/**
 * From the text of a statement to something that runs: queries, writes, EXPLAIN, SHOW, settings of a
 * session.
 */
@NullMarked
package dev.turntable.plan.statement;

import org.jspecify.annotations.NullMarked;
