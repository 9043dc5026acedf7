--[[
  Reads a session from its newest snapshot on, or from a later event on.

  KEYS[1]  head of the session: hash of version, snapshot (the version it stands for), state
  KEYS[2]  its events behind the snapshot, a list
  ARGV[1]  how many events the caller has read

  Answers version, snapshot, state, events. Snapshot is 0 and state empty when the caller needs none.
]]
local version, snapshot = unpack(redis.call('HMGET', KEYS[1], 'version', 'snapshot'))
local kept = tonumber(snapshot or 0)
local after = tonumber(ARGV[1])

if after >= kept then
  return { tonumber(version or 0), 0, '', redis.call('LRANGE', KEYS[2], after - kept, -1) }
end
local state = redis.call('HGET', KEYS[1], 'state')
return { tonumber(version), kept, state, redis.call('LRANGE', KEYS[2], 0, -1) }
