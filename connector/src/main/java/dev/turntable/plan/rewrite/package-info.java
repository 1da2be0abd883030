/**
 * From a syntax tree to a rewritten relational tree, and the rules that rewrite it.
 */
@NullMarked
package dev.turntable.plan.rewrite;

import org.jspecify.annotations.NullMarked;
