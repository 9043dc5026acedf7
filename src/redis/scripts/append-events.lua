--[[
  Appends events to a session, if the caller has read it to its end.

  KEYS[1]  head of the session: hash of version, snapshot (the version it stands for), state
  KEYS[2]  its events behind the snapshot, a list
  ARGV[1]  how many events the caller has read
  ARGV[2]  most events of a session
  ARGV[3]  the first event, and so on

  Answers a code and what belongs to it:
    version          the number of events now
    missing          the events that the caller has not read
    behindSnapshot   nothing: they have gone
    ahead            nothing: there are fewer than the caller has read
    full             nothing
]]
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
local snapshot = tonumber(redis.call('HGET', KEYS[1], 'snapshot') or 0)
local expected = tonumber(ARGV[1])
local after = version + #ARGV - 2

if expected < snapshot then return { 'behindSnapshot' } end
if expected > version then return { 'ahead' } end
if expected < version then
  return { 'missing', redis.call('LRANGE', KEYS[2], expected - snapshot, -1) }
end
if after > tonumber(ARGV[2]) then return { 'full' } end

for at = 3, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[at]) end
redis.call('HSET', KEYS[1], 'version', after)
-- The list may be new in a session that has ended.
local endsAt = redis.call('PEXPIRETIME', KEYS[1])
if endsAt > 0 then redis.call('PEXPIREAT', KEYS[2], endsAt) end
return { 'version', after }
