package dev.turntable.http;

import com.squareup.moshi.JsonQualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Marks a string of a record that stands for any JSON value: read as its compact text, exactly as
 * sent; written as it is, so it must be JSON.
 */
@JsonQualifier
@Retention(RetentionPolicy.RUNTIME)
public @interface RawJson {}
