--[[
  Gives the key of a request back, if the node still has it.

  KEYS[1]  the reservation: a string of node, fingerprint, and the instant up to which its bytes are counted
  ARGV[1]  the node

  Answers the reservation that was given back, or an empty string.
]]
local holder = redis.call('GET', KEYS[1])
if not holder or string.match(holder, '^%S+') ~= ARGV[1] then return '' end
redis.call('DEL', KEYS[1])
return holder
