// SPDX-License-Identifier: AGPL-3.0-or-later
// MapServer's OGC API on a SpatiaLite file: FastCGI processes behind nginx, as it is deployed.
// DATA names the table (a SELECT would lose its spatial index) and the connection is kept.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

export function startMapServer(folder, database, port) {
  mkdirSync(folder, { recursive: true });
  const map = join(folder, 'bench.map');
  const config = join(folder, 'mapserver.conf');
  const nginx = join(folder, 'nginx.conf');
  const socket = join(folder, 'mapserver.sock');
  writeFileSync(map, `MAP
  NAME "bench"
  SIZE 400 400
  EXTENT 4 50 5 51
  PROJECTION "init=epsg:4326" END
  WEB METADATA
    "oga_enable_request" "*"
    "oga_onlineresource" "http://127.0.0.1:${port}/mapserver/bench/ogcapi"
  END END
  LAYER
    NAME "contribution"
    TYPE POINT
    STATUS ON
    CONNECTIONTYPE OGR
    CONNECTION "${database}"
    DATA "contribution"
    PROCESSING "CLOSE_CONNECTION=DEFER"
    PROJECTION "init=epsg:4326" END
    METADATA
      "oga_title" "contribution"
      "gml_featureid" "category"
      "gml_include_items" "category,answers,state,version"
      "oga_geometry_type" "point"
    END
    TEMPLATE "none.html"
  END
END
`);
  writeFileSync(config, `CONFIG
  ENV
    "PROJ_LIB" "/usr/share/proj"
    "OGCAPI_HTML_TEMPLATE_DIRECTORY" "/usr/share/mapserver/ogcapi/templates/html-bootstrap4/"
  END
  MAPS
    "bench" "${map}"
  END
END
`);
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join(' ');
  writeFileSync(nginx, `pid ${join(folder, 'nginx.pid')}; error_log ${join(folder, 'nginx.log')}; worker_processes 1; user root;
events { worker_connections 256; }
http { access_log off; ${scratch}
  upstream mapserver { server unix:${socket}; keepalive 8; }
  server {
    listen 127.0.0.1:${port};
    location /mapserver {
      fastcgi_pass mapserver; fastcgi_keep_conn on; include /etc/nginx/fastcgi_params;
      fastcgi_split_path_info ^(/mapserver)(.*)$;
      fastcgi_param PATH_INFO $fastcgi_path_info; fastcgi_param SCRIPT_NAME /mapserver;
    }
  }
}
`);
  const spawned = execFileSync('spawn-fcgi', ['-s', socket, '-F', '4', '--', '/usr/lib/cgi-bin/mapserv'],
    { encoding: 'utf8', env: { ...process.env, MAPSERVER_CONFIG_FILE: config } });
  const pids = [...spawned.matchAll(/PID: (\d+)/g)].map((hit) => Number(hit[1]));
  chmodSync(socket, 0o777);
  execFileSync('nginx', ['-c', nginx]);
  const stop = () => {
    process.kill(Number(readFileSync(join(folder, 'nginx.pid'), 'utf8')));
    for (const pid of pids) process.kill(pid);
  };
  return { form: '/mapserver/bench/ogcapi/collections/contribution/items?f=json&bbox=%.6f,%.6f,%.6f,%.6f&limit=%d', address: `http://127.0.0.1:${port}`, stop };
}
