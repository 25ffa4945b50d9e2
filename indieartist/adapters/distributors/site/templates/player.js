"use strict";
(function () {
  var find = function (selector) { return document.querySelector(selector); };
  var songs = Array.prototype.slice.call(document.querySelectorAll(".song"));
  var player = find(".player"), toggle = find(".toggle"), start = find(".start"), seek = find(".seek");
  var audio = new Audio(), current = -1, dragging = false;
  if (!songs.length || !audio.play) { return; }
  audio.preload = "none";
  start.hidden = false;

  function clock(seconds) {
    var whole = Math.max(0, Math.floor(seconds || 0)), rest = whole % 60;
    return Math.floor(whole / 60) + ":" + (rest < 10 ? "0" : "") + rest;
  }

  function link(index) { return songs[index].querySelector(".name"); }
  function tell(text) { find(".player [role=status]").textContent = text; }

  function load(index) {
    current = index;
    songs.forEach(function (song, at) { song.classList.toggle("current", at === index); });
    audio.src = link(index).href;
    player.hidden = false;
    document.body.classList.add("playing-bar");
    find(".now-title").textContent = link(index).textContent;
    find(".now-artist").textContent = link(index).dataset.artist;
    find(".whole").textContent = songs[index].querySelector(".length").textContent;
    show();
    announce();
  }

  function play(index) {
    if (index !== current) { load(index); }
    var started = audio.play();
    if (started) { started.catch(function (error) { if (error.name !== "AbortError") { refuse(); } }); }
  }

  function refuse() {
    audio.pause();
    find(".now-artist").textContent = "This song cannot be played here.";
    tell("This song cannot be played here.");
  }
  function playOrPause() { if (audio.paused) { play(current < 0 ? 0 : current); } else { audio.pause(); } }
  function go(by) {
    if (by < 0 && audio.currentTime > 3) { audio.currentTime = 0; return; }
    var index = current + by;
    if (index >= 0 && index < songs.length) { play(index); }
  }
  function jump(to) { if (isFinite(audio.duration)) { audio.currentTime = Math.min(Math.max(to, 0), audio.duration); } }

  function announce() {
    var title = link(current).textContent, artist = link(current).dataset.artist;
    tell(title);
    if (!("mediaSession" in navigator)) { return; }
    var picture = [{ src: find(".cover").src, sizes: "1200x1200", type: "image/jpeg" }];
    navigator.mediaSession.metadata = new MediaMetadata({ title: title, artist: artist, album: find("h1").textContent, artwork: picture });
    navigator.mediaSession.setActionHandler("previoustrack", function () { go(-1); });
    navigator.mediaSession.setActionHandler("nexttrack", function () { go(1); });
  }

  function show() {
    var length = isFinite(audio.duration) ? audio.duration : 0;
    if (length) { seek.max = length; find(".whole").textContent = clock(length); }
    if (!dragging) { seek.value = audio.currentTime; }
    find(".elapsed").textContent = clock(seek.value);
    seek.style.setProperty("--done", (length ? 100 * seek.value / length : 0) + "%");
    seek.setAttribute("aria-valuetext", clock(seek.value) + " of " + find(".whole").textContent);
  }

  function mark() {
    var playing = !audio.paused;
    document.body.classList.toggle("is-playing", playing);
    toggle.setAttribute("aria-label", playing ? "Pause" : "Play");
    start.lastChild.textContent = playing ? "Pause" : "Play";
  }

  songs.forEach(function (song, index) {
    link(index).addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      if (index === current) { playOrPause(); } else { play(index); }
    });
  });
  toggle.addEventListener("click", playOrPause);
  start.addEventListener("click", playOrPause);
  find(".back").addEventListener("click", function () { go(-1); });
  find(".next").addEventListener("click", function () { go(1); });
  seek.addEventListener("input", function () { dragging = true; show(); });
  seek.addEventListener("change", function () { dragging = false; jump(Number(seek.value)); });
  audio.addEventListener("timeupdate", show);
  audio.addEventListener("loadedmetadata", show);
  audio.addEventListener("play", mark);
  audio.addEventListener("pause", mark);
  audio.addEventListener("error", refuse);
  audio.addEventListener("ended", function () { go(1); });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    var onControl = /^(BUTTON|SUMMARY)$/.test(event.target.tagName);
    var key = event.key === " " ? (onControl ? "" : "k") : event.key.toLowerCase();
    var acts = {
      k: playOrPause,
      n: function () { go(1); },
      p: function () { go(-1); },
      m: function () { audio.muted = !audio.muted; tell(audio.muted ? "Muted" : "Sound on"); },
      arrowleft: function () { jump(audio.currentTime - 5); },
      arrowright: function () { jump(audio.currentTime + 5); }
    };
    if (acts[key]) { event.preventDefault(); acts[key](); }
  });
})();
