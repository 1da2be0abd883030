package dev.turntable.source;

/**
 * By what a row is known again, should nobody learn whether it was written: among the rows of its
 * parent, by what it was given and when it was made.
 *
 * @param table the qualified name of the table that shows it
 * @param parentColumn the column that names its parent
 * @param parent the parent's id
 * @param contentColumn the column that shows what it was given
 * @param content what it was given
 * @param timeColumn the column that tells when the service made it
 */
public record WriteTrace(
    String table,
    String parentColumn,
    String parent,
    String contentColumn,
    String content,
    String timeColumn) {}
