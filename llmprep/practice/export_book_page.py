"""The frame of the study book: page, style and script. `@NAME@` is filled in by `export_book.py`."""

from __future__ import annotations

PAGE = """<!DOCTYPE html>
<html lang="@LANGUAGE@"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@TITLE@</title>
<style>@STYLE@</style></head>
<body data-shown="@SHOWN@">
<header><h1>@TITLE@</h1>
<div class="bar"><input id="search" type="search" placeholder="@SEARCH@" aria-label="@SEARCH@"
  autocomplete="off">
<output id="found"></output>@TOOLS@</div></header>
<nav aria-label="@TOPICS@">@NAVIGATION@</nav>
<main><p id="nothing" hidden>@NOTHING@</p>
@BODY@
</main>
<script>@SCRIPT@</script>
</body></html>
"""

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --page: #ffffff; --faint: #636c76; --line: #d1d9e0;
  --panel: #f6f8fa; --link: #0969da; --warn: #bc4c00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --page: #0d1117; --faint: #9198a1;
  --line: #3d444d; --panel: #161b22; --link: #4493f8; --warn: #f0883e; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 7.5rem; }
body { margin: 0; color: var(--ink); background: var(--page); overflow-wrap: anywhere;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
    sans-serif; }
header { position: sticky; top: 0; z-index: 1; padding: .5rem 1rem; background: var(--page);
  border-bottom: 1px solid var(--line); }
h1 { font-size: 1.05rem; margin: 0 0 .4rem; }
h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; }
h3 { font-size: .95rem; margin: 1rem 0 .3rem; color: var(--faint); }
h4 { font-size: .95rem; margin: .8rem 0 .2rem; }
a { color: var(--link); }
.bar { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
input, select, button { font: inherit; color: inherit; background: var(--panel);
  border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .6rem; }
#search { flex: 1 1 9rem; min-width: 7rem; }
output { color: var(--faint); font-size: .85rem; }
nav { display: flex; gap: .4rem; overflow-x: auto; padding: .5rem 1rem;
  border-bottom: 1px solid var(--line); }
nav a { white-space: nowrap; text-decoration: none; padding: .1rem .6rem; border: 1px solid var(--line);
  border-radius: 1rem; }
small { color: var(--faint); font-weight: 400; font-size: .8rem; }
main { padding: 0 1rem 4rem; max-width: 50rem; margin: 0 auto; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
summary { cursor: pointer; padding: .6rem .8rem; font-weight: 600; }
summary .en + .zh { display: block; margin-top: .2rem; }
summary small { margin-left: .3rem; }
.inside { padding: 0 .8rem .6rem; border-top: 1px solid var(--line); }
.answer { margin: .6rem 0; }
.en + .zh { margin-top: .4rem; }
li .en + .zh { margin-top: 0; }
ul { margin: .2rem 0; padding-left: 1.3rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; overflow-wrap: normal; }
.trap { border-left: 3px solid var(--warn); padding: .1rem 0 .1rem .7rem; margin: .7rem 0; }
.trap h3 { margin-top: 0; }
.asked { margin: .7rem 0; }
.ask { font-weight: 600; }
.claim { font-style: italic; }
.source { color: var(--faint); font-size: .85rem; margin: .8rem 0 0; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono",
  "Noto Sans Mono CJK SC", monospace; }
code { background: var(--panel); padding: 0 .25em; border-radius: .25em; font-size: .92em; }
pre { background: var(--panel); padding: .6rem; overflow-x: auto; line-height: 1.25; overflow-wrap: normal; }
body[data-shown="en"] .zh, body[data-shown="zh"] .en { display: none !important; }
@media (min-width: 64rem) {
  body { display: grid; grid-template-columns: 17rem 1fr; }
  header { grid-column: 1 / 3; }
  nav { flex-direction: column; gap: .1rem; position: sticky; top: 5.4rem; align-self: start;
    max-height: calc(100vh - 5.4rem); overflow-y: auto; border: 0; border-right: 1px solid var(--line); }
  nav a { white-space: normal; border: 0; }
  main { width: 100%; }
}
@media print { header, nav { display: none; } details { break-inside: avoid; } }
"""

SCRIPT = r"""
"use strict";
const HAN = /[\u3400-\u9fff]/;
function normal(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
}
function pieces(query) {
  return normal(query).match(/[\u3400-\u9fff]+|[^\s\u3400-\u9fff]+/g) || [];
}
function parted(text, piece) {
  const ends = [true];
  for (let end = 2; end <= piece.length; end++)
    for (let start = 0; start <= end - 2 && !ends[end]; start++)
      if (ends[start] && text.includes(piece.slice(start, end))) ends[end] = true;
  return Boolean(ends[piece.length]);
}
function says(text, query) {
  return pieces(query).every(function (piece) {
    return text.includes(piece) || (HAN.test(piece) && parted(text, piece));
  });
}
if (typeof document !== "undefined") {
  const one = function (id) { return document.getElementById(id); };
  const entries = Array.from(document.querySelectorAll("details"), function (entry) {
    return { entry: entry, text: normal(entry.textContent) };
  });
  const sections = Array.from(document.querySelectorAll("section"));
  const look = function () {
    const query = one("search").value, level = one("level").value;
    let found = 0;
    for (const { entry, text } of entries) {
      entry.hidden = !says(text, query) || Boolean(level && entry.dataset.level !== level);
      found += entry.hidden ? 0 : 1;
    }
    for (const section of sections) section.hidden = !section.querySelector("details:not([hidden])");
    one("found").textContent = query || level ? String(found) : "";
    one("nothing").hidden = found > 0;
  };
  const set = function (open) {
    for (const { entry } of entries) if (!entry.hidden) entry.open = open;
  };
  const go = function () {
    const target = one(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.tagName === "DETAILS") target.open = true;
    if (target.hidden || target.closest("[hidden]")) {
      one("search").value = one("level").value = "";
      look();
    }
    target.scrollIntoView();
  };
  let waiting;
  one("search").addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(look, 80);
  });
  one("level").addEventListener("change", look);
  one("open").addEventListener("click", function () { set(true); });
  one("shut").addEventListener("click", function () { set(false); });
  if (one("shown")) one("shown").addEventListener("change", function (event) {
    document.body.dataset.shown = event.target.value;
  });
  addEventListener("hashchange", go);
  addEventListener("beforeprint", function () { set(true); });
  if (location.hash) go();
}
"""
