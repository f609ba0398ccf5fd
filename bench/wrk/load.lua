-- Arguments: method; for a method with a body the file that holds it; then header fields, "Name: value". A field that
-- ends with the colon gets a value of its own in each request. Any other request is formatted once.
local threads = 0
local before, after, count, unique

function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

function init(args)
   wrk.method = args[1]
   if args[2] then
      local file = assert(io.open(args[2], "rb"))
      wrk.body = file:read("*a")
      file:close()
      wrk.headers["Content-Type"] = "application/json"
   end
   for i = 3, #args do
      local name, value = args[i]:match("^([^:]+):%s*(.*)$")
      wrk.headers[name] = value == "" and "@VALUE@" or value
      unique = unique or value == ""
   end
   if unique then
      before, after = wrk.format():match("^(.*)@VALUE@(.*)$")
      before = before .. os.time() .. "-" .. number .. "-"
      count = 0
      request = function()
         count = count + 1
         return before .. count .. after
      end
   end
end

-- One line for the harness: requests, microseconds, failures, p50 and p99 in microseconds.
function done(summary, latency)
   local e = summary.errors
   io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
      e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
