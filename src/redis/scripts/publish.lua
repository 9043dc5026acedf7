--[[
  Adds the next version of a policy or profile.

  KEYS[1]  publications in their order, a list of JSON
  KEYS[2]  the newest of each name: hash of name -> version, space, document
  KEYS[3]  bytes of all, a number
  ARGV[1]  the name in KEYS[2]: kind and name
  ARGV[2]  the document
  ARGV[3]  the version that has to be the newest; empty: any
  ARGV[4]  the publication as JSON up to its version, and ARGV[5] from there on
  ARGV[6]  most bytes
  ARGV[7]  most names

  Answers a code and what belongs to it:
    new     the version
    known   the version: the newest is the same document
    stale   the version that is the newest
    full    nothing
]]
local newest = redis.call('HGET', KEYS[2], ARGV[1])
local version = 0
if newest then
  local known, document = string.match(newest, '^(%d+) (.*)$')
  version = tonumber(known)
  if document == ARGV[2] then return { 'known', version } end
end
if ARGV[3] ~= '' and tonumber(ARGV[3]) ~= version then return { 'stale', version } end

local publication = ARGV[4] .. string.format('%d', version + 1) .. ARGV[5]
-- A length and the text, padded to four bytes: what shared memory takes for it.
local size = 4 + math.ceil(#publication / 4) * 4
local bytes = tonumber(redis.call('GET', KEYS[3]) or 0) + size
if bytes > tonumber(ARGV[6]) then return { 'full' } end
if version == 0 and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[7]) then return { 'full' } end

redis.call('RPUSH', KEYS[1], publication)
redis.call('HSET', KEYS[2], ARGV[1], string.format('%d ', version + 1) .. ARGV[2])
redis.call('SET', KEYS[3], bytes)
return { 'new', version + 1 }
