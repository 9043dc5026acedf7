--[[
  Appends a block to the log of a node, with the answers that must stand when its records do, and trims the log.

  KEYS[1]  head of the log: hash of checkpoint, size (blocks ever written), epoch, bytes (of bodies kept), firstKept, birth...
  KEYS[2]  bodies, a stream: block n has the id (n+1)-0; the birth is not in it, because it is never trimmed
  KEYS[3]  headers, a stream with the same ids
  KEYS[4]  the key of the first answer, and so on
  ARGV[1]  the epoch of the writer
  ARGV[2]  the checkpoint that has to be the newest; empty: the log has to be empty
  ARGV[3]  number of the block
  ARGV[4]  header
  ARGV[5]  checkpoint
  ARGV[6]  retention of the body
  ARGV[7]  body
  ARGV[8]  round keys
  ARGV[9]  most bytes of bodies
  ARGV[10] the first answer, ARGV[11] how long it is kept in ms, and so on

  Answers a code and what belongs to it:
    appended   nothing; also when the same block stands already
    stored     the newest checkpoint, or an empty string
    fenced     nothing: the log takes no block any more
]]
local head = redis.call('HMGET', KEYS[1], 'checkpoint', 'epoch', 'bytes', 'firstKept')
local stored = head[1] or ''
if stored == ARGV[5] then return { 'appended' } end
if tonumber(head[2] or 0) > tonumber(ARGV[1]) then return { 'fenced' } end
if stored ~= ARGV[2] then return { 'stored', stored } end

local number = tonumber(ARGV[3])
local id = string.format('%d-0', number + 1)
local size = #ARGV[4] + #ARGV[5] + #ARGV[7]
local bytes = tonumber(head[3] or 0) + size
local firstKept = tonumber(head[4] or 1)

redis.call('XADD', KEYS[3], id, 'header', ARGV[4], 'checkpoint', ARGV[5], 'keys', ARGV[8], 'bytes', size)
if number == 0 then
  redis.call('HSET', KEYS[1], 'birthHeader', ARGV[4], 'birthCheckpoint', ARGV[5], 'birthRetention', ARGV[6],
    'birthBody', ARGV[7], 'birthKeys', ARGV[8])
else
  redis.call('XADD', KEYS[2], id, 'retention', ARGV[6], 'body', ARGV[7])
end
for at = 10, #ARGV, 2 do
  redis.call('SET', KEYS[4 + (at - 10) / 2], ARGV[at], 'PX', ARGV[at + 1])
end

-- The newest block is kept, whatever its size.
local trimmedTo = firstKept
while bytes > tonumber(ARGV[9]) and trimmedTo < number do
  local oldest = string.format('%d-0', trimmedTo + 1)
  local entry = redis.call('XRANGE', KEYS[3], oldest, oldest)[1]
  if entry then bytes = bytes - tonumber(entry[2][8]) end
  trimmedTo = trimmedTo + 1
end
if trimmedTo > firstKept then redis.call('XTRIM', KEYS[2], 'MINID', '=', string.format('%d-0', trimmedTo + 1)) end

redis.call('HSET', KEYS[1], 'checkpoint', ARGV[5], 'size', number + 1, 'epoch', ARGV[1], 'bytes', bytes,
  'firstKept', trimmedTo)
return { 'appended' }
