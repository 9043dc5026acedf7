--[[
  Lets a session go after some time: head and events at the same instant.

  KEYS[1]  head of the session
  KEYS[2]  its events behind the snapshot
  ARGV[1]  how long it is kept, in ms

  Answers 1 when there is such a session, else 0.
]]
local isKnown = redis.call('PEXPIRE', KEYS[1], ARGV[1])
if isKnown == 1 then redis.call('PEXPIREAT', KEYS[2], redis.call('PEXPIRETIME', KEYS[1])) end
return isKnown
