#!/bin/sh
# workerd in Miniflare's hands, but killed by the kernel when its parent is gone: it would keep the port.
exec setpriv --pdeathsig KILL -- "$SANDGATE_WORKERD" "$@"
