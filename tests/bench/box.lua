-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk: a request for a random box each time, the same boxes in every run. FORM is the path with
-- places for west, south, east, north and limit; AREA is the area the boxes lie in; BOX their size.
local form, limit, size = os.getenv("FORM"), tonumber(os.getenv("LIMIT")), tonumber(os.getenv("BOX"))
local west, south, east, north = os.getenv("AREA"):match("([^,]+),([^,]+),([^,]+),([^,]+)")
west, south, east, north = tonumber(west), tonumber(south), tonumber(east), tonumber(north)
math.randomseed(7)
request = function()
  local w = west + math.random() * (east - west - size)
  local s = south + math.random() * (north - south - size)
  return wrk.format("GET", string.format(form, w, s, w + size, s + size, limit))
end
