#!/bin/sh
# Builds an example under .demo/, unless it is there as it would be built now.
set -eu

name=$1
new=.demo/new/$name
old=.demo/$name

rm -rf .demo/new .demo/replaced
mkdir -p .demo/new
# Without `backsmith` in the way on, which is `make dev` here.
(cd .demo/new && ../../.venv/bin/backsmith new "$name" --design "../../examples/$name.yml" >said) ||
    { cat .demo/new/said && exit 1; }

same() {
    cmp -s "$old/.backsmith/lock.json" "$new/.backsmith/lock.json"
}

touched() {
    [ -n "$(git -C "$old" status --porcelain)" ] || [ "$(git -C "$old" rev-list --count HEAD)" != 1 ]
}

if [ -e "$old" ] && same; then
    echo "The $name is in $old already."
elif [ -e "$old" ] && touched; then
    echo "$old holds changes of yours, so it stays as it is. For a new one, move it away."
else
    sed '/^What next/,$d' .demo/new/said
    if [ -e "$old" ]; then
        echo "It replaces another one in $old."
        if ! diff -r "$old/app/db/migrations" "$new/app/db/migrations" >/dev/null 2>&1; then
            echo "That one had other tables, so the rows begin anew."
            make --no-print-directory -C "$old" reset VENV=../../.venv
        fi
        for kept in .venv .local .env; do
            [ ! -e "$old/$kept" ] || mv "$old/$kept" "$new/$kept"
        done
        mv "$old" .demo/replaced
    fi
    mv "$new" "$old"
fi
rm -rf .demo/new .demo/replaced
