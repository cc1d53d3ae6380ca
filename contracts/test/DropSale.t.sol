// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC721A} from "erc721a/contracts/IERC721A.sol";
import {Ownable} from "solady/auth/Ownable.sol";
import {DropSale} from "../src/DropSale.sol";
import {Batch, SaleTerms} from "../src/DropTypes.sol";
import {DropFixture} from "./DropFixture.sol";

/// Window, price, quantities and the early end, at their exact bounds.
contract DropSaleTest is DropFixture {
    function testNothingIsForSaleBeforeTheCommit() public {
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        drop.mint(collector, 1);
        vm.prank(creator);
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        drop.endSale();
    }

    function testTheWindowHoldsToTheSecond() public {
        _commit(_saleTerms());
        vm.warp(OPENS - 1);
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        _mint(collector, 1);
        vm.warp(OPENS);
        _mint(collector, 1);
        vm.warp(CLOSES - 1);
        _mint(collector, 1);
        vm.assertFalse(drop.saleIsOver());
        vm.warp(CLOSES);
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        _mint(collector, 1);
        vm.assertTrue(drop.saleIsOver());
    }

    function testAnOpeningOfZeroIsNow() public {
        SaleTerms memory terms = _saleTerms();
        terms.opensAt = 0;
        _commit(terms);
        _mint(collector, 1);
        vm.assertEq(drop.balanceOf(collector), 1);
    }

    function testFuzzThePaymentIsExact(uint96 price, uint256 quantity, uint256 paid) public {
        quantity = 1 + quantity % 100;
        SaleTerms memory terms = _saleTerms();
        terms.price = price;
        _commit(terms);
        vm.warp(OPENS);
        uint256 due = uint256(price) * quantity;
        paid = paid % 2 == 0 ? due : paid % 4 == 1 ? due + 1 : paid % type(uint128).max;
        vm.deal(address(this), paid);
        if (paid != due) vm.expectRevert(abi.encodeWithSelector(DropSale.WrongPayment.selector, due));
        drop.mint{value: paid}(collector, quantity);
        vm.assertEq(address(drop).balance, paid == due ? due : 0);
        vm.assertEq(drop.balanceOf(collector), paid == due ? quantity : 0);
    }

    function testFuzzAMintHasOneToAHundredWorks(uint256 quantity) public {
        _open();
        if (quantity % 2 == 0) quantity = quantity % 110;
        uint256 due = quantity <= 100 ? PRICE * quantity : 0;
        if (quantity == 0) vm.expectRevert(IERC721A.MintZeroQuantity.selector);
        else if (quantity > 100) vm.expectRevert(abi.encodeWithSelector(DropSale.TooMany.selector, 100));
        drop.mint{value: due}(collector, quantity);
    }

    function testIdsFollowEachOtherFromZero() public {
        _open();
        vm.assertEq(drop.mint{value: PRICE * 3}(collector, 3), 0);
        vm.assertEq(drop.mint{value: PRICE * 2}(creator, 2), 3);
        vm.assertEq(drop.ownerOf(0), collector);
        vm.assertEq(drop.ownerOf(2), collector);
        vm.assertEq(drop.ownerOf(3), creator);
        vm.assertEq(drop.ownerOf(4), creator);
        vm.assertEq(drop.totalSupply(), 5);
    }

    function testFuzzAnAccountIsMintedSoManyAndNoMore(uint256 first, uint256 second) public {
        _open();
        (first, second) = (1 + first % 100, 1 + second % 100);
        _mint(collector, first);
        if (first + second > PER_WALLET) {
            vm.expectRevert(abi.encodeWithSelector(DropSale.TooMany.selector, PER_WALLET));
        }
        _mint(collector, second);
        _mint(creator, second);
    }

    /// Selling on makes no room.
    function testTheLimitCountsWhatWasMintedNotWhatIsHeld() public {
        _open();
        _mint(collector, 100);
        _mint(collector, 20);
        vm.prank(collector);
        drop.transferFrom(collector, creator, 0);
        vm.assertEq(drop.mintedTo(collector), 120);
        vm.expectRevert(abi.encodeWithSelector(DropSale.TooMany.selector, PER_WALLET));
        _mint(collector, 1);
    }

    function testTheCountIsSoldAndNoMore() public {
        _open();
        _mint(vm.addr(1), 100);
        _mint(vm.addr(2), 100);
        vm.expectRevert(DropSale.SoldOut.selector);
        _mint(vm.addr(3), 51);
        _mint(vm.addr(3), 50);
        vm.assertEq(drop.totalMinted(), COUNT);
        vm.assertTrue(drop.saleIsOver());
        vm.expectRevert(DropSale.SoldOut.selector);
        _mint(vm.addr(4), 1);
    }

    function testNobodyIsMintedToTheZeroAddress() public {
        _open();
        vm.expectRevert(IERC721A.MintToZeroAddress.selector);
        _mint(address(0), 1);
    }

    function testFuzzAnEarlyEndIsAtThatSecondAndForGood(uint256 second) public {
        _commit(_saleTerms());
        second = NOW + second % (CLOSES - NOW);
        vm.warp(second);
        vm.prank(creator);
        drop.endSale();
        vm.assertEq(drop.sale().closesAt, second);
        vm.assertTrue(drop.saleIsOver());
        vm.warp(second < OPENS ? OPENS : second);
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        _mint(collector, 1);
        vm.prank(creator);
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        drop.endSale();
    }

    function testAnEndedSaleEndsNoLater() public {
        _commit(_saleTerms());
        vm.warp(CLOSES);
        vm.prank(creator);
        vm.expectRevert(DropSale.SaleNotOpen.selector);
        drop.endSale();
    }

    function testFuzzOnlyTheOwnerEndsASale(address stranger) public {
        vm.assume(stranger != creator);
        _commit(_saleTerms());
        vm.prank(stranger);
        vm.expectRevert(Ownable.Unauthorized.selector);
        drop.endSale();
    }

    /// The largest numbers there are do not overflow.
    function testTheLargestSaleWorks() public {
        Batch memory batch = Batch(VERSION, "root", type(uint32).max);
        bytes memory signature = _signatureOf(batch);
        SaleTerms memory terms = SaleTerms(type(uint96).max, 0, type(uint40).max, type(uint32).max);
        vm.prank(creator);
        drop.commit(batch, _revealHash(), terms, signature);
        uint256 due = uint256(type(uint96).max) * 100;
        vm.deal(address(this), due);
        drop.mint{value: due}(collector, 100);
        vm.assertEq(drop.balanceOf(collector), 100);
    }
}
