--[[
  Keeps the state of a session and drops the events that it stands for, unless it keeps a newer one or has no such version.

  KEYS[1]  head of the session: hash of version, snapshot (the version it stands for), state
  KEYS[2]  its events behind the snapshot, a list
  ARGV[1]  the version that the state stands for
  ARGV[2]  the state

  Answers 1 when it is kept, else 0.
]]
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
local kept = tonumber(redis.call('HGET', KEYS[1], 'snapshot') or 0)
local at = tonumber(ARGV[1])

if at <= kept or at > version then return 0 end
redis.call('LTRIM', KEYS[2], at - kept, -1)
redis.call('HSET', KEYS[1], 'snapshot', ARGV[1], 'state', ARGV[2])
return 1
