--[[
  Reads the deadlines of a bucket that have passed, earliest first.

  KEYS[1]  deadlines of a bucket: sorted set by instant
  ARGV[1]  now, in ms
  ARGV[2]  how many are read at most

  Answers deadline, instant, deadline, instant, and so on.
]]
return redis.call('ZRANGE', KEYS[1], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2], 'WITHSCORES')
