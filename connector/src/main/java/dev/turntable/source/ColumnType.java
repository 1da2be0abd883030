package dev.turntable.source;

/** The SQL types a source may give to its columns, with the Java type of their values. */
public enum ColumnType {
  /** {@link String}, Unicode. */
  VARCHAR(String.class),
  /** JSON text as {@link String}; shown as VARCHAR. */
  JSON(String.class),
  /** {@link Boolean}. */
  BOOLEAN(Boolean.class),
  /** {@link Integer}. */
  INTEGER(Integer.class),
  /** {@link Long}. */
  BIGINT(Long.class),
  /** {@link Double}. */
  DOUBLE(Double.class),
  /** {@link java.math.BigDecimal} with 18 digits, 6 of them after the point. */
  DECIMAL(java.math.BigDecimal.class),
  /** {@link java.time.Instant}; shown as TIMESTAMP(3) in UTC, smaller fractions are floored. */
  TIMESTAMP(java.time.Instant.class);

  private final Class<?> javaType;

  ColumnType(Class<?> javaType) {
    this.javaType = javaType;
  }

  /** Returns the class of the non-null values that a {@link Column#reader()} returns. */
  public Class<?> javaType() {
    return javaType;
  }
}
