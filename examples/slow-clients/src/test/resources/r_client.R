# R on rJava as the slow tests drive it: a line of standard input names what to do, the lines of the
# answer end with a dot. The calls are those of RJDBC.
suppressPackageStartupMessages(library(rJava))

arguments <- commandArgs(trailingOnly = TRUE)
.jinit(arguments[2])
driver <- .jnew("dev.turntable.jdbc.TurntableDriver")
connection <- .jcall(driver, "Ljava/sql/Connection;", "connect", arguments[1],
                     .jnew("java/util/Properties"))

# A result as a data frame: numbers as numbers, timestamps and dates as such, all else as text.
frame <- function(result) {
  meta <- .jcall(result, "Ljava/sql/ResultSetMetaData;", "getMetaData")
  width <- .jcall(meta, "I", "getColumnCount")
  types <- sapply(seq_len(width), function(i) .jcall(meta, "I", "getColumnType", i))
  columns <- replicate(width, list())
  while (.jcall(result, "Z", "next")) {
    for (i in seq_len(width)) {
      value <- if (types[i] %in% c(-5L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)) {
        .jcall(result, "D", "getDouble", i)
      } else {
        .jcall(result, "S", "getString", i)
      }
      missing <- is.null(value) || .jcall(result, "Z", "wasNull")
      columns[[i]][[length(columns[[i]]) + 1]] <- if (missing) NA else value
    }
  }
  columns <- lapply(columns, unlist)
  dated <- which(types == 91L)
  columns[dated] <- lapply(columns[dated], as.Date)
  timed <- which(types == 93L)
  columns[timed] <- lapply(columns[timed], as.POSIXct, tz = "UTC")
  names(columns) <- sapply(seq_len(width), function(i) .jcall(meta, "S", "getColumnLabel", i))
  as.data.frame(columns, stringsAsFactors = FALSE)
}

prepared <- function(sql, parameters) {
  statement <- .jcall(connection, "Ljava/sql/PreparedStatement;", "prepareStatement", sql)
  for (i in seq_along(parameters)) {
    .jcall(statement, "V", "setString", i, parameters[i])
  }
  statement
}

query <- function(sql, ...) {
  frame(.jcall(prepared(sql, c(...)), "Ljava/sql/ResultSet;", "executeQuery"))
}

show <- function(data) {
  for (i in seq_len(nrow(data))) {
    cat(paste(sapply(data[i, , drop = FALSE], format), collapse = "|"), "\n", sep = "")
  }
}

rows <- function(...) show(query(...))

types <- function(sql) {
  kinds <- sapply(query(sql), function(column) class(column)[1])
  cat(paste0(names(kinds), " ", kinds, "\n"), sep = "")
}

credits <- function() {
  tasks <- query("SELECT worker_id, credits FROM tasks")
  show(aggregate(credits ~ worker_id, tasks, sum))
}

valid <- function() cat(.jcall(connection, "Z", "isValid", 0L), "\n", sep = "")

tables <- function() {
  meta <- .jcall(connection, "Ljava/sql/DatabaseMetaData;", "getMetaData")
  none <- .jnull("java/lang/String")
  show(frame(.jcall(meta, "Ljava/sql/ResultSet;", "getTables", none, "handinger", "%",
                    .jnull("[Ljava/lang/String;")))["TABLE_NAME"])
}

insert <- function(worker, ...) {
  .jcall(connection, "V", "setAutoCommit", FALSE)
  for (input in c(...)) {
    statement <- prepared("INSERT INTO tasks (worker_id, input) VALUES (?, ?)", c(worker, input))
    cat(.jcall(statement, "I", "executeUpdate"), "\n", sep = "")
  }
  .jcall(connection, "V", "commit")
  .jcall(connection, "V", "setAutoCommit", TRUE)
}

fail <- function(sql) {
  tryCatch(query(sql), Exception = function(e) cat(.jcall(e$jobj, "S", "getMessage"), "\n", sep = ""))
}

requests <- file("stdin", "r")
while (length(line <- readLines(requests, 1)) > 0) {
  words <- strsplit(line, "\t")[[1]]
  do.call(words[1], as.list(words[-1]))
  cat(".\n")
  flush(stdout())
}
.jcall(connection, "V", "close")
