-- What wrk has counted, as JSON on the last line.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"microseconds":%d,"requests":%d,"bytes":%d,"p99":%d,"wrong":%d,"errors":%d}\n',
    summary.duration, summary.requests, summary.bytes, latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
