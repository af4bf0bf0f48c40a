import re


def react(question, model, tools, max_steps=5):
    return step(f"Question: {question}\n", model, tools, max_steps)


def step(transcript, model, tools, left):
    if left <= 0:
        return None, transcript
    reply = re.sub(r"(?ms)^Observation:.*", "", model(transcript)).strip()
    transcript = f"{transcript}{reply}\n"
    action = re.search(r"^Action:.*$", reply, re.M)
    parsed = action and re.match(
        r"^Action: ([A-Za-z0-9_]+)\[(.*)\]$", action.group()
    )
    if not parsed:
        result = "Invalid action"
    elif parsed[1] == "Finish":
        return [parsed[2], transcript]
    elif parsed[1] in tools:
        try:
            result = tools[parsed[1]](parsed[2])
        except Exception as error:
            result = f"Error: {error}"
    else:
        result = f"Unknown tool: {parsed[1]}"
    return step(transcript + f"Observation: {result}\n", model, tools, left - 1)
