-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk: each request puts one new contribution with its own uuid. FORM is the path with a place for the
-- uuid, SEED keeps two runs apart.
local form, seed = os.getenv("FORM"), tonumber(os.getenv("SEED"))
local count = 0
local random = math.random
math.randomseed(seed)
request = function()
  count = count + 1
  local uuid = string.format("01900000-%04x-7%03x-8000-%012x", seed, count % 4096, count)
  local body = string.format(
    '{"geometry":{"type":"Point","coordinates":[%.7f,%.7f]},"answers":{"feeling":"safe","when":["night"]}}',
    4.27 + random() * 0.2, 50.79 + random() * 0.1)
  return wrk.format("PUT", string.format(form, uuid), {
    ["Content-Type"] = "application/json", ["X-Requested-With"] = "repere", ["Cookie"] = os.getenv("COOKIE")
  }, body)
end
