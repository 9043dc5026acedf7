--[[
  Takes a node off the list of logs, when the keys of its log are gone.

  KEYS[1]  names of the nodes, a sorted set of one score
  KEYS[2]  the same in the order of their births, a list
  ARGV[1]  the node

  Answers nothing.
]]
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('LREM', KEYS[2], 1, ARGV[1])
return {}
