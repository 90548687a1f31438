# The same fits by R's glm.fit: Rscript estimate.R TABLE PAIRS RESAMPLES
# TABLE: a CSV as blueheart estimate reads; PAIRS: those in the model that is timed, such as 12,13,24. Prints microseconds
# of one glm.fit of it, the number of people it gives, then microseconds of choosing a model by steps on each of
# RESAMPLES resamples (one after another, glm.fit calls and Poisson probabilities alone: no check that an estimate exists,
# which R needs another package for), and what the choice gives on the table itself.
options(warn = -1)
word <- commandArgs(TRUE)
table <- read.csv(word[1], check.names = FALSE)
lists <- ncol(table) - 1
cells <- as.matrix(expand.grid(rep(list(0:1), lists)))[-1, , drop = FALSE]
key <- function(m) apply(m, 1, paste, collapse = "")
y <- tapply(table$count, key(as.matrix(table[, seq_len(lists)])), sum)[key(cells)]
y <- as.numeric(ifelse(is.na(y), 0, y))
pairs <- combn(lists, 2)
both <- apply(pairs, 2, function(p) cells[, p[1]] * cells[, p[2]])

# Extended maximum likelihood: a pair nobody was seen with takes its cells away and has no column.
fit <- function(y, has) {
    seen <- colSums(both * y)
    keep <- rep(TRUE, length(y))
    for (i in which(has & seen == 0)) keep <- keep & both[, i] == 0
    x <- cbind(1, cells, both[, has & seen > 0, drop = FALSE])[keep, , drop = FALSE]
    f <- glm.fit(x, y[keep], family = poisson())
    mu <- numeric(length(y))
    mu[keep] <- f$fitted.values
    list(N = sum(y) + exp(f$coefficients[[1]]), mu = mu)
}
steps <- function(y) {
    has <- rep(FALSE, ncol(pairs))
    seen <- colSums(both * y)
    repeat {
        f <- fit(y, has)
        mean <- colSums(both * f$mu)
        p <- pmin(ppois(seen, mean), ppois(seen - 1, mean, lower.tail = FALSE))
        p[has] <- 1
        if (min(p) >= 0.02) return(f$N)
        has[which.min(p)] <- TRUE
    }
}
named <- strsplit(word[2], ",")[[1]]
has <- paste0(pairs[1, ], pairs[2, ]) %in% named
seen <- colSums(both * y)
keep <- rep(TRUE, length(y))
for (i in which(has & seen == 0)) keep <- keep & both[, i] == 0
x <- cbind(1, cells, both[, has & seen > 0, drop = FALSE])[keep, , drop = FALSE]
z <- y[keep]
for (i in 1:20) f <- glm.fit(x, z, family = poisson())
from <- proc.time()[["elapsed"]]
for (i in 1:300) f <- glm.fit(x, z, family = poisson())
one <- (proc.time()[["elapsed"]] - from) / 300
set.seed(1)
n <- as.integer(word[3])
drawn <- rmultinom(n, sum(y), y)
from <- proc.time()[["elapsed"]]
for (i in seq_len(n)) steps(drawn[, i])
all <- (proc.time()[["elapsed"]] - from) / n
cat(sprintf("%.3f %.10g %.3f %.10g\n", one * 1e6, sum(y) + exp(f$coefficients[[1]]), all * 1e6, steps(y)))
