-- What wrk asks and what it prints: "requests microseconds p50 p99 errors" on one line.
-- BENCH_FIRST: when set, every request carries a number of its own (?n=...), so that no cache can answer it.
-- BENCH_GZIP: when set, the answer is asked for compressed.
local path = os.getenv("BENCH_PATH")
local next_n = tonumber(os.getenv("BENCH_FIRST") or "")
if os.getenv("BENCH_GZIP") then wrk.headers["Accept-Encoding"] = "gzip" end

function init()
    plain = wrk.format("GET", path)
end

function request()
    if not next_n then return plain end
    next_n = next_n + 1
    return wrk.format("GET", path .. "?n=" .. next_n)
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
        latency:percentile(99), e.status + e.connect + e.read + e.write + e.timeout))
end
