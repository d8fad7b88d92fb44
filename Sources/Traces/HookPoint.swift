// HookPoint
