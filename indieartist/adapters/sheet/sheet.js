"use strict";
(function () {
  var buttons = document.querySelectorAll("button.copy");
  var copied = document.getElementById("copied");

  function byHand(text) {
    var box = document.createElement("textarea");
    box.value = text;
    box.style.position = "fixed";
    box.style.opacity = "0";
    document.body.appendChild(box);
    box.select();
    var done = document.execCommand("copy");
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function toClipboard(text) {
    if (!navigator.clipboard) { return byHand(text); }
    return navigator.clipboard.writeText(text).catch(function () { return byHand(text); });
  }

  function say(button, word) {
    button.textContent = word;
    clearTimeout(button.timer);
    button.timer = setTimeout(function () { button.textContent = "Copy"; }, 1600);
  }

  function copy(button) {
    var text = document.getElementById(button.dataset.copies).textContent;
    toClipboard(text).then(function () {
      button.closest(".field").classList.add("done");
      copied.textContent = document.querySelectorAll(".field.done").length;
      say(button, "Copied");
    }, function () { say(button, "Select it"); });
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () { copy(button); });
  });
})();
