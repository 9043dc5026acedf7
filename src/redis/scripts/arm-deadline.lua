--[[
  Arms a deadline, or moves it.

  KEYS[1]  deadlines of a bucket: sorted set by instant
  ARGV[1]  the deadline
  ARGV[2]  its instant, in ms
  ARGV[3]  most deadlines of a bucket

  Answers 1, or 0 when there is no room for another.
]]
local isArmed = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not isArmed and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
return 1
