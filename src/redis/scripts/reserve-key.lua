--[[
  Takes the key of a request for a node, if nobody has it, or from one node.

  KEYS[1]  the reservation: a string of node, fingerprint, and the instant up to which its bytes are counted
  ARGV[1]  the new reservation
  ARGV[2]  how long it is kept, in ms
  ARGV[3]  the node from which it may be taken over; empty: from none
  ARGV[4]  1 when there is room for another key, else 0

  Answers a code and what belongs to it:
    reserved   the reservation that was taken over, or an empty string
    held       the reservation that stands
    full       nothing
]]
local holder = redis.call('GET', KEYS[1])
if holder and string.match(holder, '^%S+') ~= ARGV[3] then return { 'held', holder } end
if not holder and ARGV[4] == '0' then return { 'full' } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return { 'reserved', holder or '' }
