--[[
  Notes that a node has a log, before its first block.

  KEYS[1]  names of the nodes, a sorted set of one score
  KEYS[2]  the same in the order of their births, a list
  ARGV[1]  the node
  ARGV[2]  most logs

  Answers the nodes whose logs are too many, oldest first: they stay noted until their keys are gone.
]]
if redis.call('ZADD', KEYS[1], 'NX', 0, ARGV[1]) == 1 then redis.call('RPUSH', KEYS[2], ARGV[1]) end
local surplus = redis.call('LLEN', KEYS[2]) - tonumber(ARGV[2])
if surplus <= 0 then return {} end
return redis.call('LRANGE', KEYS[2], 0, surplus - 1)
