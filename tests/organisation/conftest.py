"""A very small township: an office, a centre with a team, a work area with two villages."""

import datetime
from types import SimpleNamespace

import pytest

from organisation.enums import UnitKind
from organisation.models import Person, Post, Unit


@pytest.fixture
def day():
    return datetime.date.fromisoformat


@pytest.fixture
def town(db):
    def unit(parent, kind, name, order, **fields):
        return Unit.objects.create(parent=parent, kind=kind, name=name, order=order, **fields)

    township = unit(None, UnitKind.TOWNSHIP, "石桥镇", 0)
    office = unit(township, UnitKind.OFFICE, "党政办公室", 1)
    centre = unit(township, UnitKind.CENTRE, "社会事业服务中心", 2)
    team = unit(centre, UnitKind.TEAM, "民政服务队", 3)
    area = unit(township, UnitKind.WORK_AREA, "河东片", 4)
    upper = unit(area, UnitKind.VILLAGE, "上塘村", 5)
    lower = unit(area, UnitKind.VILLAGE, "下塘村", 6)
    head = Post.objects.create(unit=centre, name="主任", established=1)
    clerk = Post.objects.create(unit=team, name="队员", established=2)
    secretary = Post.objects.create(unit=upper, name="村党支部书记", established=1)
    wang, li, zhao = (Person.objects.create(name=name) for name in ("王堃", "李旻", "赵赟"))
    return SimpleNamespace(**locals())
