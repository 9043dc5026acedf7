--[[
  Keeps an answer of a node, unless the log of the node was fenced.

  KEYS[1]  head of the log of the node: hash, with the epoch
  KEYS[2]  the answer
  ARGV[1]  its bytes
  ARGV[2]  how long it is kept, in ms
  ARGV[3]  the epoch of the writer

  Answers 1 when it is kept, else 0.
]]
if tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0) > tonumber(ARGV[3]) then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
