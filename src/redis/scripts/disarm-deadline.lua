--[[
  Disarms a deadline, if it is still armed for this instant.

  KEYS[1]  deadlines of a bucket: sorted set by instant
  ARGV[1]  the deadline
  ARGV[2]  the instant, in ms

  Answers 1 when it was disarmed, else 0.
]]
local atMs = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not atMs or tonumber(atMs) ~= tonumber(ARGV[2]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
