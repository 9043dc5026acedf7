--[[
  Notes that a node has a log, before its first block. The oldest logs go when there are too many.

  KEYS[1]  names of the nodes, a sorted set of one score
  KEYS[2]  the same in the order of their births, a list
  ARGV[1]  the node
  ARGV[2]  most logs

  Answers the nodes whose logs have to be removed.
]]
local dropped = {}
if redis.call('ZADD', KEYS[1], 'NX', 0, ARGV[1]) == 0 then return dropped end
redis.call('RPUSH', KEYS[2], ARGV[1])
while redis.call('LLEN', KEYS[2]) > tonumber(ARGV[2]) do
  local oldest = redis.call('LPOP', KEYS[2])
  redis.call('ZREM', KEYS[1], oldest)
  table.insert(dropped, oldest)
end
return dropped
