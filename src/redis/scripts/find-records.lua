--[[
  Looks through a page of a log for the records of a round.

  KEYS[1]  headers of the log, a stream
  ARGV[1]  the id behind which the page begins, going back; '+' at the end of the log
  ARGV[2]  entries of a page
  ARGV[3]  the key of the round
  ARGV[4]  the first block whose body is kept

  Answers the id where the next page begins, or an empty string, and for each record: block, place in it, header.
]]
local found = {}
local bound = ARGV[1]
if bound ~= '+' then bound = '(' .. bound end
local page = redis.call('XREVRANGE', KEYS[1], bound, '-', 'COUNT', ARGV[2])
local width = #ARGV[3]
local last = ''
for _, entry in ipairs(page) do
  local block = tonumber(string.match(entry[1], '^%d+')) - 1
  if block < tonumber(ARGV[4]) then return { '', found } end
  local keys = entry[2][6]
  for start = #keys - width + 1, 1, -width do
    if string.sub(keys, start, start + width - 1) == ARGV[3] then
      table.insert(found, block)
      table.insert(found, (start - 1) / width)
      table.insert(found, entry[2][2])
    end
  end
  last = entry[1]
end
if #page < tonumber(ARGV[2]) then last = '' end
return { last, found }
