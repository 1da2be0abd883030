/**
 * SQL/JSON: documents that keep the text of their numbers, and the path language of the SQL standard
 * as PostgreSQL 17 has it. Knows nothing of rows and types.
 */
@NullMarked
package dev.turntable.eval.json;

import org.jspecify.annotations.NullMarked;
