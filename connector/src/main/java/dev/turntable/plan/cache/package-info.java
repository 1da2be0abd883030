/**
 * Plans by text, by a template of it, and of plain queries that need no planner.
 */
@NullMarked
package dev.turntable.plan.cache;

import org.jspecify.annotations.NullMarked;
