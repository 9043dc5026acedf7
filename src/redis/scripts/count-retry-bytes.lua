--[[
  Counts bytes that a node keeps for retries, or has given back, and says how many all nodes keep.

  KEYS[1]  hash of bytes by the instant, in ms, at which they will be gone
  ARGV[1]  now, in ms
  ARGV[2]  an instant, ARGV[3] the bytes to be added to it, and so on

  Answers the bytes that are kept now. Instants that have passed are dropped.
]]
for at = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[at], ARGV[at + 1]) end

local now = tonumber(ARGV[1])
local counted = redis.call('HGETALL', KEYS[1])
local bytes = 0
for at = 1, #counted, 2 do
  if tonumber(counted[at]) <= now then
    redis.call('HDEL', KEYS[1], counted[at])
  else
    bytes = bytes + tonumber(counted[at + 1])
  end
end
return bytes
