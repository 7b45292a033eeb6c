"""The cache of products: what was used last stays, as it is."""

from threading import Thread

from dashboard.memory import Memory


def test_the_products_used_last_are_kept_as_they_are() -> None:
    memory, thing = Memory(2), object()
    memory.set("a", thing)
    memory.set("b", 2)
    assert memory.get("a") is thing
    memory.set("c", 3)
    assert memory.get("b") is None
    assert memory.get("a") is thing


def test_many_threads_never_go_beyond_the_limit() -> None:
    memory = Memory(10)
    threads = [Thread(target=lambda n=n: [memory.set(f"{n}-{i}", i) for i in range(300)]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(memory.get(f"{n}-{i}") is not None for n in range(6) for i in range(300)) == 10
