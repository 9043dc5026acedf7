--[[
  Raises the epoch of a log, so that no block of its writer is taken any more, nor an answer.

  KEYS[1]  head of the log
  ARGV[1]  an epoch that no writer has

  Answers nothing.
]]
redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
return {}
